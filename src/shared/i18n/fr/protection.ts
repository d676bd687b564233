import type { protection as english } from '../en/protection.ts';
import type { Words } from '../words.ts';

export const protection: Words<typeof english> = {
  title: 'Protection',
  open: 'Protection de ce poste',
  loading: 'Lecture des clés et des sauvegardes',
  note: {
    'no-recovery-key':
      'Ce poste n’a pas de clé de secours. Si la clé gardée par l’ordinateur est perdue, ce qui n’a pas été envoyé est perdu.',
    'backup-failed': 'La dernière sauvegarde n’a pas pu être écrite : le disque est plein ou défaillant.',
    'second-old': 'Le deuxième emplacement des sauvegardes est absent depuis plus d’un jour.',
  },
  look: 'S’en occuper',
  recovery: {
    title: 'Clé de secours',
    madeAt: 'Faite le {{when}}.',
    what: 'Notée sur papier, elle ouvre les données de ce poste et ses sauvegardes quand l’ordinateur ne le peut plus. Seule la dernière est utile.',
    make: 'Faire une clé de secours',
    again: 'Faire une nouvelle clé de secours',
    replaces: 'La précédente ne sert plus à rien dès que vous avez gardé la nouvelle.',
  },
  card: {
    heading: 'Clé de secours de {{name}}',
    made: 'Faite le {{when}}',
    what: 'Avec elle, les données et les sauvegardes de ce poste s’ouvrent quand la clé de l’ordinateur est perdue. Gardez-la loin de l’ordinateur, où personne d’autre ne la trouve.',
    once: 'Elle n’est montrée qu’une fois. Imprimez-la ou notez-la avant de continuer.',
    print: 'Imprimer',
    copy: 'Copier',
    copied: 'La clé de secours est copiée. Collez-la là où elle sera gardée, puis copiez autre chose.',
    notCopied: 'Le système ne l’a pas prise. Notez-la ou imprimez-la.',
    last: 'Dernier groupe, lu sur votre papier',
    lastHint: 'Six signes. Cela montre qu’elle a été gardée.',
    keep: 'Je l’ai gardée',
    wrong: 'Ce n’est pas le dernier groupe de cette clé de secours. Regardez votre papier.',
    kept: 'La clé de secours est en vigueur. Aucune autre n’est plus utile.',
    later: 'Pas maintenant',
  },
  backups: {
    title: 'Sauvegardes',
    what: 'Ce que le centre n’a pas encore et les réglages de ce poste, toutes les quatre heures, chiffrés.',
    newest: 'La plus récente',
    none: 'Aucune encore',
    nothing: 'Rien à garder jusqu’ici',
    looked: 'Dernier examen',
    second: 'Deuxième emplacement',
    nowhere: 'Nulle part ailleurs',
    state: {
      unknown: 'Pas encore examiné',
      written: 'Les a toutes',
      away: 'Absent pour l’instant ; ce qui manque suivra à son retour',
    },
    writtenAt: 'Les avait toutes',
    never: 'Jamais',
    choose: 'Choisir un dossier',
    leave: 'Pas de deuxième emplacement',
    now: 'Sauvegarder maintenant',
    done: 'Sauvegardé.',
    failed:
      'Pas sauvegardé : le disque n’a rien pris. Ce qui est enregistré y est tout de même en sûreté ; faites de la place.',
    byStart: 'Il se dit au démarrage de ce poste (--backup-to).',
  },
  key: {
    title: 'Clé des données',
    place: {
      keyring: 'Gardée dans le trousseau de ce système, pour l’utilisateur qui y est connecté.',
      file: 'Gardée dans un fichier du dossier de données que seul son propriétaire peut lire.',
      given: 'Donnée par ce qui démarre ce poste ; c’est là qu’on la change (--rekey).',
    },
    change: 'Changer la clé',
    explain:
      'Tout est chiffré à nouveau sur cet ordinateur, sauvegardes comprises. Le travail s’arrête quelques secondes, les sessions continuent. Il faut autant de place sur le disque que les données en prennent.',
    ends: 'La clé de secours d’avant ne sert alors plus à rien : une nouvelle est montrée aussitôt. Préparez du papier.',
    changed: 'Tout est chiffré avec la nouvelle clé.',
  },
  start: {
    welcome: {
      title: 'Installer ce poste',
      text: 'Collez le code d’inscription que l’administrateur a reçu pour cet ordinateur.',
      code: 'Code d’inscription',
      go: 'Installer',
      before: 'Ce poste existait déjà : restaurer une sauvegarde',
      again:
        'Les données sont de nouveau ouvertes. L’identifiant de ce poste était gardé avec la clé perdue : demandez un nouveau code d’inscription à l’administrateur. Ce qui n’a pas été envoyé est ici et continue.',
      restoring:
        'La sauvegarde de {{name}} du {{when}} est ici. Son travail revient dès que tout est arrivé du centre. Cet ordinateur a besoin d’un code d’inscription à lui.',
    },
    recover: {
      title: 'La clé des données ne peut pas être lue',
      text: 'Il y a des données de ClinicHub sur cet ordinateur, mais son trousseau n’a pas la clé : le disque a été déplacé, ou un autre utilisateur du système a installé ClinicHub. Rien n’a été modifié. Entrez la clé de secours, et les données s’ouvrent de nouveau.',
      field: 'Clé de secours',
      hint: 'Six groupes de six signes. Espaces, tirets et minuscules ne gênent pas.',
      go: 'Ouvrir les données',
      noPaper:
        'Sans la clé de secours, seul l’utilisateur qui a installé ClinicHub peut ouvrir les données, sur le système où elles ont été faites.',
      elsewhere: 'Restaurer une sauvegarde d’ailleurs',
      aside: 'Les données qui ne s’ouvrent pas sont mises de côté, pas supprimées.',
    },
    restore: {
      title: 'Restaurer une sauvegarde',
      text: 'Choisissez le dossier ou le fichier de la sauvegarde : une clé USB, un partage ou le dossier de données de l’ancien ordinateur.',
      choose: 'Choisir un dossier',
      chooseFile: 'Choisir un fichier',
      found_one: '{{count}} sauvegarde dans {{folder}}',
      found_other: '{{count}} sauvegardes dans {{folder}}',
      none: 'Il n’y a pas de sauvegarde dans {{folder}}. Choisissez-en un autre.',
      look: 'Montrer le contenu',
      holds: 'Sauvegardes que cette clé de secours ouvre',
      line: '{{when}}, {{name}}',
      unnamed: 'un poste sans nom',
      unsent_one: '{{count}} modification non envoyée',
      unsent_other: '{{count}} modifications non envoyées',
      drafts_one: '{{count}} brouillon',
      drafts_other: '{{count}} brouillons',
      files_one: '{{count}} fichier',
      files_other: '{{count}} fichiers',
      go: 'Restaurer celle-ci',
      keeps:
        'Rien de ce qui est ici n’est écrasé. Ce que le centre a reçu entre-temps n’est pas fait deux fois.',
      back: 'Retour',
    },
    keep: {
      title: 'Garder la clé de secours',
      laterHint: 'Un administrateur peut en faire une plus tard, sous Postes.',
    },
    opening: 'Ouverture du poste',
    problem: {
      length: 'Une clé de secours a six groupes de six signes.',
      symbol:
        'Le groupe {{group}} contient un signe qu’aucune clé de secours n’a : ni 0, ni O, ni 1, ni I, ni L.',
      check: 'Le groupe {{group}} n’est pas tel qu’il a été imprimé. Comparez avec le papier.',
      other:
        'Ce n’est pas la clé de secours de ces données, ou pas la dernière : une ancienne ne sert plus. Rien n’a été modifié.',
      missing: 'Aucune clé de secours n’a été faite pour ces données : aucune ne peut les ouvrir.',
      damaged:
        'Le fichier à côté des données que la clé de secours ouvre est endommagé. Essayez le dossier des sauvegardes.',
      gone: 'La sauvegarde ne peut plus être lue. La clé USB est-elle encore là ?',
      unreachable: 'Le centre est injoignable pour l’instant. Le code est gardé et réessayé tout seul.',
      failed: 'Cela n’a pas marché : {{reason}}. Rien n’a été modifié.',
    },
  },
};
