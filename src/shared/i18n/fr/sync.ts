import type { sync as english } from '../en/sync.ts';
import type { Words } from '../words.ts';

export const sync: Words<typeof english> = {
  pill: {
    live: 'En direct',
    waiting_one: '{{count}} en attente',
    waiting_other: '{{count}} en attente',
    attention_one: '{{count}} à traiter',
    attention_other: '{{count}} à traiter',
    offline: 'Hors ligne',
    offlineSince: 'Hors ligne depuis {{time}}',
    preparing: 'Préparation',
    arriving: 'En direct, anciens dossiers en cours',
    stopped: 'Arrêté',
    unreachable: 'Ne répond pas',
    open: '{{state}}. Ouvrir la liaison avec le centre',
  },
  panel: {
    title: 'Liaison avec le centre',
    lastContact: 'Dernier contact',
    never: 'pas encore',
    progress: 'Changements du centre',
    received: '{{done}} sur {{total}}',
    behind_one: '{{count}} changement de retard',
    behind_other: '{{count}} changements de retard',
    retry: 'Essayer maintenant',
    history: 'Les enregistrements plus anciens arrivent encore',
    historyRows: '{{done}} sur {{total}}, {{rate}} par seconde',
    historyLeft: 'encore {{time}} environ',
    historyPaused: '{{done}} jusqu’ici ; la suite viendra quand le centre répondra',
    parked: 'À traiter',
    waiting: 'En attente du centre',
    nothing: 'Tout ce qui a été fait ici est arrivé au centre.',
    resend: 'Renvoyer',
    withdraw: 'Retirer',
    withdrawSure: 'Retirer définitivement',
    resent: 'Renvoyé',
    withdrawn: 'Retiré. L’historique de ce poste en garde la trace.',
    tasks_one: '{{count}} rendez-vous demande un autre horaire',
    tasks_other: '{{count}} rendez-vous demandent un autre horaire',
    openTasks: 'Ouvrir les tâches',
    by: 'par {{name}}',
    mirrorBehind:
      'Le disque est plein ou défaillant : la seconde copie de ce qui attend ici ne peut pas être écrite. Faites de la place sur le disque.',
  },
  rebuilt: {
    saved_one:
      'La copie sur cet ordinateur était endommagée. Elle a été mise de côté ({{at}}) et est refaite depuis le centre. {{count}} saisie a été sauvée et sera renvoyée automatiquement.',
    saved_other:
      'La copie sur cet ordinateur était endommagée. Elle a été mise de côté ({{at}}) et est refaite depuis le centre. {{count}} saisies ont été sauvées et seront renvoyées automatiquement.',
    lost_one:
      'Au moins {{count}} enregistrement n’a pas pu être sauvé. Vérifiez ce qui a été fait ici en dernier.',
    lost_other:
      'Au moins {{count}} enregistrements n’ont pas pu être sauvés. Vérifiez ce qui a été fait ici en dernier.',
    unknown: 'On ne peut pas savoir si tout a été sauvé. Vérifiez ce qui a été fait ici en dernier.',
  },
  problem: {
    unreachable: 'Le centre est injoignable. Continuez : tout est gardé ici et envoyé plus tard.',
    suspended: 'L’administration a suspendu ce poste. Ce qui est ici est gardé ; adressez-vous à elle.',
    cloned:
      'Un autre ordinateur utilise une copie des données de ce poste. Rien n’est envoyé tant que l’administration ne l’a pas réglé.',
    outdated:
      'Cette version est trop ancienne pour le centre. Mettez ClinicHub à jour ; ce qui attend est gardé.',
    'centre-outdated':
      'Le centre est d’une version plus ancienne et doit être mis à jour d’abord. Continuez : tout est gardé ici et envoyé plus tard.',
    wipe: 'L’administration a ordonné l’effacement de ce poste.',
    'login-refused': 'Le centre refuse l’accès de ce poste. Adressez-vous à l’administration.',
    failed: 'L’envoi a rencontré un problème. Il sera retenté automatiquement.',
  },
  kind: {
    'patient-register': 'Inscription de patient',
    'patient-update': 'Modification de patient',
    'appointment-book': 'Réservation',
    'appointment-move': 'Déplacement de rendez-vous',
    'appointment-cancel': 'Annulation de rendez-vous',
    'patient-open': 'Ouverture de dossier',
    'appointment-reinstate': 'Remise du rendez-vous',
    'appointment-accept': 'Acceptation de demande',
    'appointment-reject': 'Refus de demande',
    'appointment-propose': 'Proposition d’un autre horaire',
    'task-close': 'Clôture de tâche',
    'session-sign-in': 'Connexion',
    'session-sign-out': 'Déconnexion',
    import: 'Import',
    other: 'Changement',
  },
  refused: {
    noSuchRow: 'Dépend d’un changement que le centre a refusé.',
    notAllowed: 'Le centre n’autorise pas ce changement depuis ici.',
    alreadyThere: 'Le centre l’a déjà.',
    badValue: 'Le centre n’accepte pas une des valeurs.',
    program: 'Le centre et cette version ne se comprennent pas. L’administration devrait la mettre à jour.',
    other: 'Le centre l’a refusé.',
  },
};
