import { Name } from './Name';
/** The way up from this page. */
export function Crumbs({ steps }: { readonly steps: readonly { readonly name: string; readonly href: string }[] }) {
  return (
    <nav class="crumbs" aria-label="Breadcrumb">
      <ol>
        {steps.map((step) => (
          <li key={step.href}>
            <a href={step.href}>
              <Name>{step.name}</Name>
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}
