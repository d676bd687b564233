import type { printing as english } from '../en/printing.ts';
import type { Words } from '../words.ts';

export const printing: Words<typeof english> = {
  title: 'Imprimer',
  print: 'Imprimer',
  which: 'Quoi imprimer',
  preview: 'Aperçu : {{title}}',
  document: {
    label: 'Étiquette de dossier',
    wristband: 'Bracelet',
    card: 'Carte de rendez-vous',
    registration: 'Fiche d’inscription',
    'day-sheet': 'Feuille du jour',
    'phone-list': 'Liste d’appels',
  },
  paper: {
    label: 'Papier',
    a4: 'A4',
    a5: 'A5',
    a6: 'Carte A6',
    'label-62x29': 'Étiquette 62 × 29 mm',
    'label-89x36': 'Étiquette 89 × 36 mm',
    'wristband-25x254': 'Bracelet 25 × 254 mm',
  },
  printer: 'Imprimante',
  copies: 'Exemplaires',
  ask: 'Demander au système chaque fois',
  missing:
    '{{printer}}, utilisée la dernière fois pour ce document, n’est pas là. Le système demandera une imprimante.',
  browser:
    'Le navigateur imprime : choisissez l’imprimante et les exemplaires dans sa fenêtre, sans marges ni en-têtes.',
  done: 'Envoyé à l’imprimante',
  failed:
    'Non imprimé. L’imprimante est-elle allumée et chargée ? Imprimez à nouveau, ou choisissez-en une autre.',
  incomplete: 'Des données plus anciennes arrivent encore : il peut manquer quelque chose ici.',
  merged: 'Ce dossier a été fusionné avec {{mrn}}. Imprimez plutôt celui-là.',
  printed: 'Imprimé le {{at}} par {{by}}',
  page: 'Page {{page}} sur {{pages}}',
  born: 'Né(e) le {{date}}',
  bornUnknown: 'Date de naissance inconnue',
  noAppointment: 'Aucun rendez-vous à venir.',
  more_one: 'et {{count}} autre plus tard',
  more_other: 'et {{count}} autres plus tard',
  mark: {
    refused: 'Non accepté : adressez-vous à l’accueil',
    lost: 'Ce créneau a été pris : nous en convenons d’un autre avec vous',
    requested: 'Demandé : le médecin n’a pas encore accepté',
    provisional: 'Provisoire : la clinique ne l’a pas encore confirmé',
  },
  number: {
    provisional: 'Numéro provisoire : pas encore confirmé',
    parked: 'Numéro refusé : ne pas utiliser',
  },
  toLabel: 'Imprimer étiquette et carte',
};
