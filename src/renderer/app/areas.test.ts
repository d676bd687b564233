import { describe, expect, it } from 'vitest';
import { permissions, permissionsOf, roles } from '#shared/contract/permissions.ts';
import type { SignedInUser } from '#shared/contract/session.ts';
import { areasOf } from './areas.ts';
import { isWithin, sectionAt, sectionsOf } from './sections.ts';

const userOf = (role: SignedInUser['role'], more: SignedInUser['permissions'] = []) =>
  ({ role, permissions: [...permissionsOf(role), ...more] }) as SignedInUser;

describe('where one can go', () => {
  it.each(roles)('no two places of a %s who may do everything have the same keys or address', (role) => {
    const everything = { ...userOf(role), permissions: [...permissions] };
    const places = [...areasOf(everything), ...sectionsOf(everything)];
    const keys = places.flatMap((place) => place.keys ?? []);
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(places.map(({ path }) => path)).size).toBe(places.length);
  });

  it('the clinic is in the rail of whoever may open a section of it, and of nobody else', () => {
    const rail = (user: SignedInUser) => areasOf(user).map(({ name }) => name);
    expect(rail(userOf('admin')).at(-1)).toBe('clinic');
    expect(rail(userOf('nurse'))).not.toContain('clinic');
    const keeper = userOf('nurse', ['formulary.update']);
    expect(rail(keeper)).toContain('clinic');
    expect(sectionsOf(keeper).map(({ name }) => name)).toEqual(['formulary']);
  });

  it('an address within a section is of it, one that only begins alike is not', () => {
    const sections = sectionsOf(userOf('admin'));
    expect(sectionAt(sections, '/safety/overrides')?.name).toBe('safety');
    expect(sectionAt(sections, '/safetynet')).toBeUndefined();
    expect(isWithin('/patients/new', '/patients')).toBe(true);
  });
});
