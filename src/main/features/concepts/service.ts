import type { FeatureDeps } from '#main/core/deps.ts';
import type { Handlers } from '#main/core/dispatch.ts';
import type { ConceptView } from '#shared/contract/concepts.ts';
import { ok } from '#shared/kernel/result.ts';
import { createConceptImporter } from './importer.ts';
import { type ConceptRow, countOf, editionOf, systemsHere } from './repository.ts';
import { searchConcepts } from './search.ts';

const view = ({ id, code_system, code, display }: ConceptRow): ConceptView => ({
  id,
  codeSystem: code_system,
  code,
  display,
});

/** Codes of imported code systems, and their import. */
export const conceptHandlers = (
  deps: FeatureDeps,
): Handlers<
  | 'concepts.search'
  | 'concepts.systems'
  | 'concepts.import'
  | 'concepts.retire'
  | 'concepts.cancelImport'
  | 'concepts.importStatus'
> => {
  const { store } = deps;
  const importer = createConceptImporter(deps);
  return {
    'concepts.search': ({ text, limit }) => ok(searchConcepts(store, text, limit).map(view)),
    'concepts.systems': () =>
      ok(
        systemsHere(store).map((system) => ({
          system,
          edition: editionOf(store, system),
          codes: countOf(store, system, 1),
          retired: countOf(store, system, 0),
        })),
      ),
    'concepts.import': (wanted, { user }) => importer.start(wanted, user?.id ?? null),
    'concepts.retire': (_, { user }) => importer.retire(user?.id ?? null),
    'concepts.cancelImport': () => ok(importer.cancel()),
    'concepts.importStatus': () => ok(importer.report()),
  };
};
