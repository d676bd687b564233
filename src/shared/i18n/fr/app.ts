import type { app as english } from '../en/app.ts';
import type { Words } from '../words.ts';

export const app: Words<typeof english> = {
  name: 'ClinicHub',
  skip: 'Aller au contenu',
  nav: {
    label: 'Espaces',
    collapse: 'Réduire le menu',
    expand: 'Élargir le menu',
    day: 'Journée',
    myDay: 'Ma journée',
    queue: 'File',
    tasks: 'Tâches',
    patients: 'Patients',
    absence: 'Absence',
    schedule: 'Planning',
    import: 'Import',
    go: 'Aller à {{area}}',
  },
  find: {
    open: 'Trouver un patient ou une action',
    placeholder: 'Nom, n° de dossier, date de naissance, téléphone ou action',
    patients: 'Patients',
    recent: 'Patients récents',
    actions: 'Actions',
    nothing: 'Aucun résultat',
    register: 'Inscrire un patient',
  },
  site: { label: 'Site', all: 'Tous les sites' },
  identity: {
    open: 'Votre compte : {{name}}',
    theme: 'Thème',
    light: 'Clair',
    dark: 'Sombre',
    auto: 'Comme le système',
    language: 'Langue',
    density: 'Lignes',
    dense: 'Serrées',
    roomy: 'Aérées',
    singleKeys: 'Raccourcis à une touche',
    singleKeysHint: 'À désactiver si la saisie vocale ou une autre aide appuie sur les touches pour vous.',
    signOut: 'Se déconnecter',
    workstation: 'Poste {{name}}, version {{version}}',
  },
  keys: {
    title: 'Touches de cet écran',
    show: 'Afficher les touches',
    everywhere: 'Partout',
    afterThat: 'puis',
    off: 'Les raccourcis à une touche sont désactivés. Activez-les dans le menu de votre compte.',
    undo: 'Annuler la dernière action',
    hint: 'touches',
  },
  scan: {
    hint: 'Scanner un numéro de dossier ouvre le patient, sur tous les écrans. Un champ de patient le prend comme s’il était saisi.',
    opened: '{{mrn}} scanné : {{name}}',
    merged: '{{mrn}} a été fusionné avec {{into}}, {{name}}, maintenant ouvert',
    asking: '{{mrn}} n’est pas encore ici ; le centre est interrogé',
    unknown: 'Aucun patient n’a le numéro de dossier {{mrn}}, ni ici ni au centre',
    offline:
      'Aucun patient d’ici n’a le numéro de dossier {{mrn}}, et le centre ne peut pas être interrogé. Scannez-le à nouveau quand la connexion sera revenue, ou cherchez par le nom.',
    misread:
      '{{text}} n’est pas un numéro de dossier : son symbole de contrôle est faux. Scannez-le à nouveau, ou cherchez par le nom.',
  },
  preparing: {
    title: 'Préparation de ce poste',
    text: 'Les patients, les rendez-vous du jour et ce qui est en cours arrivent ; le reste suivra pendant que vous travaillez. La copie reprendra où elle en était si vous fermez.',
    phase: {
      copying: 'Réception des enregistrements',
      indexing: 'Préparation de la recherche',
      'catching-up': 'Rattrapage des derniers changements',
    },
    rows: '{{done}} enregistrements sur {{total}}',
    rate: '{{rate}} par seconde',
    left: 'Encore {{time}} environ',
    waiting: 'En attente du centre',
    waitingText:
      'La première copie a besoin du centre une fois. Elle commence d’elle-même dès que le centre répond.',
  },
  closed: {
    expired: 'Ce poste est fermé pour l’instant',
    expiredText:
      'Il est sans contact avec le centre depuis plus longtemps que permis. Rien n’est perdu : ce qui a été fait ici est gardé et envoyé au prochain contact, et le poste rouvre de lui-même. Connectez-le au réseau ou adressez-vous à l’administration.',
    wiped: 'Ce poste a été effacé par l’administration',
    wipedText:
      'Sa copie de la clinique est détruite, après l’envoi au centre de ce qui a été fait ici. Adressez-vous à l’administration avant de réutiliser cet ordinateur.',
    wiping: 'Ce poste est en cours d’effacement par l’administration',
    wipingText: 'Ce qui a été fait ici part d’abord au centre. Laissez l’ordinateur allumé et connecté.',
    unsent_one: '{{count}} modification encore à envoyer',
    unsent_other: '{{count}} modifications encore à envoyer',
  },
  safe: {
    title: 'Cet écran s’est arrêté',
    text: 'Ce qui était enregistré est en sécurité, ici et dans ce qui attend le centre. Rouvrez l’écran pour continuer.',
    reload: 'Rouvrir',
    home: 'Aller à la page d’accueil',
    details: 'Détails techniques',
  },
  unreachable: {
    title: 'Le poste ne répond pas',
    text: 'Est-il allumé et démarré ? Cette page reprend d’elle-même dès qu’il répond.',
  },
  notFound: {
    title: 'Cette page n’existe pas',
    text: 'Elle a peut-être été déplacée.',
    home: 'Aller à la page d’accueil',
  },
};
