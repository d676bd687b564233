import type { Role } from '#shared/contract/permissions.ts';

/** A person of the demonstration clinic. Everybody may know the password: the sign-in screen shows it. */
export interface DemoAccount {
  readonly username: string;
  readonly password: string;
  readonly displayName: string;
  readonly role: Role;
  /** Of those who sign; null: none is set. */
  readonly pin: string | null;
}

const account = (username: string, displayName: string, role: Role): DemoAccount => ({
  username,
  password: `${username}-demo`,
  displayName,
  role,
  pin: role === 'doctor' || role === 'nurse' ? '2580' : null,
});

/** The one patient of the demonstration clinic who has an account for the panel. */
export const demoPatient = { email: 'patient@example.org', password: 'patient-demo' } as const;

/** The accounts `npm start` makes. A clinic's own centre has none of them. */
export const demoAccounts = [
  account('claudine', 'Claudine Mukamana', 'reception'),
  account('eric', 'Éric Nshimiyimana', 'reception'),
  account('josiane', 'Josiane Ingabire', 'nurse'),
  account('patrick', 'Patrick Gasana', 'admin'),
  account('uwase', 'Dr Aline Uwase', 'doctor'),
  account('habimana', 'Dr Jean-Bosco Habimana', 'doctor'),
  account('okello', 'Dr Grace Okello', 'doctor'),
  account('kamau', 'Dr Samuel Kamau', 'doctor'),
  account('mutesi', 'Dr Diane Mutesi', 'doctor'),
  account('lefevre', 'Dr Hélène Lefèvre', 'doctor'),
  account('niyonsaba', 'Dr Olivier Niyonsaba', 'doctor'),
  account('vestine', 'Vestine Uwimana', 'pharmacist'),
  account('innocent', 'Innocent Habyarimana', 'cashier'),
] as const satisfies readonly DemoAccount[];
