import { chartAccess } from '#main/core/chart-access.ts';
import type { FeatureDeps } from '#main/core/deps.ts';
import type { Handlers } from '#main/core/dispatch.ts';
import type { Substance } from '#shared/contract/safety.ts';
import type { Knowledge } from '#shared/domain/safety/knowledge.ts';
import { plainName } from '#shared/domain/safety/matching.ts';
import { ok } from '#shared/kernel/result.ts';
import type { Safety } from './check.ts';

const mostSubstances = 20;

interface Named {
  readonly kind: Substance['kind'];
  readonly key: string;
  readonly name: string;
  readonly synonyms: readonly string[];
}

/** How well a name fits: it begins so, or one of its words does; Infinity: neither. */
const fit = (name: string, text: string): number => {
  const plain = plainName(name);
  if (plain.startsWith(text)) return 0;
  return ` ${plain}`.includes(` ${text}`) ? 1 : Number.POSITIVE_INFINITY;
};

const found = ({ kind, key, name, synonyms }: Named, text: string) => {
  const own = fit(name, text);
  const [best] = synonyms
    .map((alias) => ({ alias, rank: fit(alias, text) + 0.5 }))
    .toSorted((a, b) => a.rank - b.rank);
  const alias = best !== undefined && best.rank < own ? best.alias : null;
  return { substance: { kind, key, name, alias }, rank: Math.min(own, best?.rank ?? own) };
};

/** What an allergy can be to, as far as the data set knows it. */
const substances = (knowledge: Knowledge, typed: string): Substance[] => {
  const text = plainName(typed);
  if (text === '') return [];
  const named: readonly Named[] = [
    ...[...knowledge.classes.values()]
      .filter(({ sameAllergy }) => sameAllergy)
      .map((fact): Named => ({ ...fact, kind: 'class' })),
    ...[...knowledge.ingredients.values()].map((fact): Named => ({ ...fact, kind: 'ingredient' })),
  ];
  return named
    .map((one) => found(one, text))
    .filter(({ rank }) => Number.isFinite(rank))
    .toSorted((a, b) => a.rank - b.rank || a.substance.name.localeCompare(b.substance.name, 'en'))
    .slice(0, mostSubstances)
    .map(({ substance }) => substance);
};

/** What the screens ask of the safety checks. */
export const safetyHandlers = (
  deps: FeatureDeps,
  safety: Safety,
): Handlers<'safety.check' | 'safety.recheck' | 'safety.substances'> => ({
  'safety.check': ({ patientId, draft, excludes }, { user }) => {
    const open = chartAccess(deps, patientId, user);
    return open.ok ? safety.check(patientId, draft, excludes) : open;
  },
  'safety.recheck': ({ patientId }, { user }) => {
    const open = chartAccess(deps, patientId, user);
    if (!open.ok) return open;
    const again = safety.recheck(patientId);
    return again.ok ? ok({ ...again.value, prescriptions: [...again.value.prescriptions] }) : again;
  },
  'safety.substances': ({ text }) => {
    const { knowledge } = safety.inUse();
    return ok(knowledge === null ? [] : substances(knowledge, text));
  },
});
