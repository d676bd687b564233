import { type Incoming, medicineId } from '#main/features/formulary/put.ts';
import { starterFormulary, starterSource } from '#shared/domain/formulary/starter.ts';
import { bundledDataset } from '#shared/domain/safety/data/bundled.ts';
import { knowledgeOf } from '#shared/domain/safety/knowledge.ts';
import { ingredientMatcher } from '#shared/domain/safety/matching.ts';
import { blank, type RowOf } from '#shared/sync/catalogue.ts';

/** The starter formulary, as the administrator's button would have loaded it. */
export const makeMedicines = (today: string): readonly RowOf<'medicine'>[] => {
  const match = ingredientMatcher(knowledgeOf(bundledDataset, bundledDataset.facts));
  return starterFormulary(match).map((columns) => {
    const incoming: Incoming = { columns, codeSystem: null, code: null, source: starterSource };
    return {
      ...blank('medicine'),
      ...columns,
      id: medicineId(incoming),
      source: starterSource,
      active: 1,
      created_at: `${today}T00:00:00.000Z`,
    };
  });
};
