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
  chooseBackups: 'Deuxième emplacement des sauvegardes',
  stoppedAgain: {
    title: 'ClinicHub s’est arrêté plusieurs fois',
    text: 'Une erreur est revenue plusieurs fois et ClinicHub ne redémarre plus de lui-même. Ce qui a été enregistré est en sécurité, ici et dans ce qui attend le centre. Démarrez-le encore une fois. Si cela revient, prévenez l’administration : l’endroit de l’arrêt est noté dans {{folder}}, sans données de patients.',
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
      "Ce poste ne sait pas où se trouve le centre. Démarrez-le une fois avec --enrol et le code reçu par l'administrateur lors de l'enrôlement. L'adresse est ensuite gardée dans le trousseau.",
    keyMissing:
      "Le dossier de données contient une base dont la clé n'est pas dans le trousseau de ce système. Elle a été créée par un autre utilisateur, sur un autre PC ou par le serveur sans écran. Démarrez-la là-bas, ou indiquez un autre dossier avec --data. Rien n'a été modifié.",
    wiped:
      'Ce poste a été effacé par l’administration. Il ne reste rien de la clinique ici. Pour réutiliser cet ordinateur, demandez un code d’enrôlement et démarrez une fois avec --enrol.',
    enrolment: {
      'not-a-code':
        'Ce n’est pas un code d’enrôlement. Collez tout le texte reçu par l’administrateur : il commence par CH1.',
      'newer-code':
        'Ce code d’enrôlement vient d’une version plus récente de ClinicHub. Mettez ClinicHub à jour, puis utilisez-le.',
      'cut-code':
        'Le code d’enrôlement n’est pas entier : il manque la fin. Recopiez-le, de CH1. au dernier caractère.',
      'mistyped-code':
        'Le code d’enrôlement ne correspond pas à sa somme de contrôle : un caractère est faux ou manque. Recopiez-le.',
      'bad-address':
        'Le code d’enrôlement désigne un centre qui ne peut pas être utilisé. Demandez-en un autre à l’administrateur.',
      'used-code':
        'Ce code d’enrôlement a déjà servi, ou a été retiré. Demandez-en un autre à l’administrateur ; si personne de la clinique ne l’a utilisé, dites-le.',
      'expired-code': 'Ce code d’enrôlement a expiré. Demandez-en un autre à l’administrateur.',
      'refused-code':
        'Le centre a suspendu ce poste avant sa mise en place. Adressez-vous à l’administrateur.',
      'untrusted-centre':
        'Ce qui répond à l’adresse du centre ne peut prouver qu’il est le centre : le code n’a pas été envoyé. Demandez à l’administrateur un code contenant le certificat de l’autorité, ou donnez son fichier avec --ca.',
      'bad-certificate':
        'Le fichier donné avec --ca ne contient pas de certificat au format PEM, ou ne peut pas être lu.',
    },
    debugging:
      "ClinicHub ne démarre pas avec le débogage à distance : les données des patients seraient ouvertes à d'autres programmes.",
    other: 'Un problème est survenu : {{reason}}. Ce qui a été enregistré est en sécurité.',
  },
};
