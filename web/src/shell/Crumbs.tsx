/** The way up from this page. */
export function Crumbs({ steps }: { readonly steps: readonly { readonly name: string; readonly href: string }[] }) {
  return (
    <nav class="crumbs" aria-label="Breadcrumb">
      <ol>
        {steps.map((step) => (
          <li key={step.href}>
            <a href={step.href}>{step.name}</a>
          </li>
        ))}
      </ol>
    </nav>
  );
}
