import { join } from 'node:path';

/** The feature files, from the project's root, in the order of the document's sections. */
export const FEATURES: readonly string[] = ['threading-model', 'yielding', 'mysql'].map((name) =>
  join('features', `${name}.feature`),
);
