import type { settings as english } from '../en/settings.ts';
import type { Words } from '../words.ts';

export const settings: Words<typeof english> = {
  title: 'Réglages',
  hint: 'Ce qui vaut quand rien n’est réglé est en gris. Un changement vaut ici tout de suite, et aux autres postes dès leur prochain contact.',
  group: {
    booking: 'Rendez-vous',
    visits: 'Attente et retard',
    desk: 'Inscription et fichiers',
    prices: 'Tarifs',
    print: 'En-tête des impressions',
    session: 'Connexion',
    audit: 'Journal d’audit',
  },
  name: {
    'booking-lead-minutes': 'Délai minimal',
    'booking-horizon-days': 'Au plus loin',
    'booking-hold-minutes': 'Heure retenue pendant',
    'visits-late-minutes': 'En retard après',
    'visits-long-wait-minutes': 'Attente longue dès',
    'visits-too-long-wait-minutes': 'Attente trop longue dès',
    'desk-country': 'Pays des numéros de téléphone',
    'desk-most-megabytes': 'Plus gros fichier joint',
    'clinic-currency': 'Monnaie',
    'print-name': 'Nom',
    'print-address': 'Adresse',
    'print-phone': 'Téléphone',
    'session-idle-lock-minutes': 'Verrouiller quand personne n’est au poste',
    'session-offline-sign-in-days': 'Se connecter sans le centre',
    'audit-keep-years': 'Durée de conservation',
  },
  about: {
    'booking-lead-minutes':
      'Combien de temps avant son début une visite se réserve au plus tard, quand son type ne le dit pas. Un motif permet de passer outre.',
    'booking-horizon-days':
      'Combien de temps à l’avance une visite se réserve au plus, quand son type ne le dit pas. Un motif permet de passer outre.',
    'booking-hold-minutes':
      'Pendant la saisie d’un rendez-vous, les autres postes ne proposent pas cette heure aussi longtemps.',
    'visits-late-minutes': 'Passé ce délai, un patient qui n’est pas venu compte comme en retard.',
    'visits-long-wait-minutes': 'Dès lors, une attente est orange sur le planning du jour et dans la file.',
    'visits-too-long-wait-minutes': 'Dès lors, elle est rouge.',
    'desk-country': 'Comment se lit un numéro de téléphone sans son pays.',
    'desk-most-megabytes': 'Un fichier plus gros est refusé avant tout envoi.',
    'clinic-currency': 'Celle des prix. Un prix garde la monnaie dans laquelle il a été fixé.',
    'print-name': 'Sur les lettres, ordonnances, étiquettes et listes, si ce n’est pas le nom du site.',
    'print-address': 'Sur les lettres, ordonnances et listes, si ce n’est pas l’adresse du site.',
    'print-phone': 'Sur les lettres, ordonnances et listes, si ce n’est pas le téléphone du site.',
    'session-idle-lock-minutes': 'Après ce temps sans touche ni souris, un poste se verrouille.',
    'session-offline-sign-in-days':
      'Pendant ce temps après son dernier contact, on peut se connecter à un poste.',
    'audit-keep-years':
      'Au centre ; seul ce qui est plus ancien peut être archivé. Six ans au moins, votre loi peut en demander plus.',
  },
  unit: {
    minutes_one: '{{count}} minute',
    minutes_other: '{{count}} minutes',
    days_one: '{{count}} jour',
    days_other: '{{count}} jours',
    years_one: '{{count}} an',
    years_other: '{{count}} ans',
    megabytes_one: '{{count}} Mo',
    megabytes_other: '{{count}} Mo',
  },
  unitOf: { minutes: 'minutes', days: 'jours', years: 'ans', megabytes: 'Mo' },
  bounds: 'De {{least}} à {{most}} {{unit}}.',
  usual: 'D’habitude : {{value}}.',
  atAnyTime: 'à tout moment',
  none: {
    currency: 'aucune encore',
    booking: 'sans limite',
    audit: 'sans limite',
    line: 'comme l’indique le site',
    country: 'celui du numéro du site',
  },
  noLimit: 'Sans limite ici',
  clinic: 'Toute la clinique',
  sites: 'Sites qui diffèrent',
  sitesHint: 'Laissez vide le champ d’un site qui fait comme la clinique.',
  asClinic: 'comme la clinique',
  asUsual: 'comme d’habitude : {{value}}',
  differs_one: '{{count}} site diffère',
  differs_other: '{{count}} sites diffèrent',
  notUnderstood:
    'Cette version ne sait pas lire ce qui est écrit ici : {{written}}. Cela ne compte pas ; donnez une valeur pour le remplacer.',
  notUnderstoodShort: 'illisible',
  unknown_one:
    '{{count}} réglage vient d’une version plus récente. Il est conservé et vaut aux postes qui le connaissent.',
  unknown_other:
    '{{count}} réglages viennent d’une version plus récente. Ils sont conservés et valent aux postes qui les connaissent.',
  changedMeanwhile: 'Réglé ailleurs entre-temps : {{value}}. Enregistrer met le vôtre à la place.',
  saved: '{{name}} : réglé.',
};
