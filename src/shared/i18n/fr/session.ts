import type { session as english } from '../en/session.ts';
import type { Words } from '../words.ts';

export const session: Words<typeof english> = {
  username: 'Identifiant',
  password: 'Mot de passe',
  showPassword: 'Afficher le mot de passe',
  signIn: 'Se connecter',
  capsLock: 'La touche Verr. Maj est active.',
  scanned: 'Un numéro de dossier a été scanné. Connectez-vous d’abord, puis scannez-le à nouveau.',
  demo: 'Comptes de la clinique de démonstration : choisissez pour remplir',
};
