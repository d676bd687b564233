import type { panel as english } from '../en/panel.ts';
import type { Words } from '../words.ts';

export const panel: Words<typeof english> = {
  title: 'Ma clinique',
  stillSignedIn:
    'Vous êtes toujours connecté : il n’y a pas de connexion. Réessayez avant de quitter cet appareil.',
  signOut: 'Se déconnecter',
  back: 'Retour',
  notLoaded: 'Cette page n’a pas pu être chargée. Vérifiez votre connexion à Internet, puis réessayez.',
  place: {
    home: 'Accueil',
    appointments: 'Rendez-vous',
    records: 'Mon dossier',
    prescriptions: 'Ordonnances',
    billing: 'Factures',
    profile: 'Profil',
  },
};
