import type { shell as english } from '../en/shell.ts';
import type { Words } from '../words.ts';

export const shell: Words<typeof english> = {
  menu: {
    file: 'Fichier',
    quit: 'Quitter ClinicHub',
    edit: 'Édition',
    undo: 'Annuler',
    redo: 'Rétablir',
    cut: 'Couper',
    copy: 'Copier',
    paste: 'Coller',
    selectAll: 'Tout sélectionner',
    view: 'Affichage',
    reload: "Recharger l'écran",
    actualSize: 'Taille réelle',
    zoomIn: 'Zoom avant',
    zoomOut: 'Zoom arrière',
    fullScreen: 'Plein écran',
    window: 'Fenêtre',
    minimize: 'Réduire',
  },
  cannotStart: {
    title: 'ClinicHub ne peut pas démarrer',
    noKeyring:
      "Ce système n'offre pas de trousseau où garder des secrets. ClinicHub y garde la clé de sa base chiffrée et ne la conserve pas en clair. Installez et déverrouillez un trousseau (GNOME Keyring ou KWallet), rouvrez la session du bureau, puis relancez ClinicHub. Rien n'a été modifié.",
    keyringLocked:
      "Le trousseau de ce système est verrouillé ou indisponible. ClinicHub y garde la clé de sa base chiffrée. Déverrouillez-le, puis relancez ClinicHub. Rien n'a été modifié.",
    unreadable:
      "Un secret de ce poste a été scellé avec un autre trousseau ou par un autre utilisateur de ce PC et ne peut pas être lu. Ouvrez la session de l'utilisateur qui a installé ClinicHub. Rien n'a été modifié.",
    noCentre:
      "Ce poste ne sait pas où se trouve le centre. Démarrez-le une fois avec --centre et l'adresse reçue par l'administrateur lors de l'enrôlement. Elle est ensuite gardée dans le trousseau.",
    keyMissing:
      "Le dossier de données contient une base dont la clé n'est pas dans le trousseau de ce système. Elle a été créée par un autre utilisateur, sur un autre PC ou par le serveur sans écran. Démarrez-la là-bas, ou indiquez un autre dossier avec --data. Rien n'a été modifié.",
    debugging:
      "ClinicHub ne démarre pas avec le débogage à distance : les données des patients seraient ouvertes à d'autres programmes.",
    other: 'Un problème est survenu : {{reason}}. Ce qui a été enregistré est en sécurité.',
  },
};
