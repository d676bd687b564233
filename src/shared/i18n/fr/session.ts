import type { session as english } from '../en/session.ts';
import type { Words } from '../words.ts';

export const session: Words<typeof english> = {
  username: 'Identifiant',
  password: 'Mot de passe',
  showPassword: 'Afficher le mot de passe',
  signIn: 'Se connecter',
  capsLock: 'La touche Verr. Maj est active.',
  demo: 'Comptes de la clinique de démonstration : choisissez pour remplir',
};
