// What the API document says beside types, for the page: bounds, patterns, what may follow what. Writes target/api/rules.ts.
import { readFileSync, writeFileSync } from 'node:fs';

const { components, paths } = JSON.parse(readFileSync('src/api/openapi.json', 'utf8'));
const { schemas } = components;

/** The vocabulary that a schema is, or refers to. */
const words = (schema) => schema.enum ?? words(schemas[schema.$ref.split('/').at(-1)]);

const { name } = schemas.PuzzleSetRequest.properties;
const { model, hyperParameters } = schemas.EvaluationRequest.properties;
const { steps, augmentations } = schemas.RequestedProtocol.properties;
const { steps: adaptSteps, slots: adaptSlots } = schemas.RequestedAdaptation.properties;
const { augmentations: recipeAugmentations } = schemas.Recipe.properties;
const { path } = schemas.FileOfSet.properties;
const limit = paths['/api/evaluations/{id}/tasks'].get.parameters.find((parameter) => parameter.name === 'limit').schema;
const commands = Object.keys(paths).flatMap((address) => /^\/api\/evaluations\/\{id\}\/(\w+)$/.exec(address)?.[1] ?? []);

const rules = {
  attempts: schemas.PuzzleKind['x-attempts'],
  overIn: schemas.EvaluationState['x-over'],
  possibleIn: Object.fromEntries(
    commands
      .map((command) => [command, paths[`/api/evaluations/{id}/${command}`].post?.['x-possible-in']])
      .filter(([, states]) => states !== undefined),
  ),
  liveEvent: paths['/api/events'].get['x-event'],
  puzzleSetName: name.pattern,
  filesOfDataset: path['x-files-of-dataset'],
  filesOfCompactSet: path['x-files-of-compact-set'],
  modelNameLength: model.maxLength,
  steps: { least: steps.minimum, most: steps.maximum },
  adaptSteps: { least: adaptSteps.minimum, most: adaptSteps.maximum },
  adaptSlots: { least: adaptSlots.minimum, most: adaptSlots.maximum },
  augmentations: { least: augmentations.minimum, most: augmentations.maximum },
  recipeAugmentations: { least: recipeAugmentations.minimum, most: recipeAugmentations.maximum },
  settings: Object.fromEntries(Object.entries(hyperParameters.properties).map(([setting, schema]) => [setting, words(schema)])),
  tasksAtOnce: limit.maximum,
};

// JSON leaves out what is undefined: a rule that the document no longer has must not become a page without it.
const missing = Object.entries(rules).filter(([, rule]) => rule === undefined || Object.values(Object(rule)).includes(undefined));
if (missing.length > 0 || Object.keys(rules.possibleIn).length === 0) {
  console.error(`web: src/api/openapi.json does not say: ${missing.map(([rule]) => rule).join(', ') || 'possibleIn'}`);
  process.exit(1);
}
writeFileSync('target/api/rules.ts', `export const RULES = ${JSON.stringify(rules, null, 2)} as const;\n`);
