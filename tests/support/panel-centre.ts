import { hashSync } from '@node-rs/argon2';
import type { TwoWorkstations } from './two-workstations.ts';

/** An administrator of the clinic, `admin` with `correct horse`, known at both workstations. */
export const seedAdministrator = async (clinic: TwoWorkstations): Promise<void> => {
  await clinic.query(
    `insert into clinichub.staff_account (id, username, display_name, role, password_hash, active)
     values (gen_random_uuid(), 'admin', 'Admin', 'admin', $1, true)`,
    [hashSync('correct horse', { memoryCost: 8, timeCost: 1 })],
  );
  await clinic.a.settled();
  await clinic.b.settled();
};
