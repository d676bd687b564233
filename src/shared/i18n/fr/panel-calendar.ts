import type { panelCalendar as english } from '../en/panel-calendar.ts';
import type { Words } from '../words.ts';

export const panelCalendar: Words<typeof english> = {
  title: 'Dans votre agenda',
  add: 'Ajouter à l’agenda',
  file: 'Fichier d’agenda (.ics)',
  google: 'Google Agenda',
  outlook: 'Outlook sur le web',
  opens: 's’ouvre dans un nouvel onglet',
  subscribe: {
    title: 'Tous vos rendez-vous, toujours à jour',
    what: 'Votre agenda consulte une adresse secrète toutes les heures : les rendez-vous pris, déplacés ou annulés s’y mettent à jour tout seuls. On y voit la date et le lieu, jamais le motif ni le praticien.',
    create: 'Créer une adresse',
    another: 'Créer une nouvelle adresse',
    once: 'Copiez-la maintenant : elle n’est affichée qu’une fois. Toute personne qui la possède voit vos rendez-vous.',
    address: 'Adresse de votre agenda',
    copy: 'Copier',
    copied: 'Copiée.',
    notCopied: 'Sélectionnez l’adresse et copiez-la.',
    open: 'Ouvrir dans un agenda',
    since: 'Une adresse existe depuis le {{date}}.',
    stop: 'La désactiver',
    stopAsk: 'Les agendas qui utilisent cette adresse ne recevront plus rien. La désactiver ?',
    anotherAsk: 'L’adresse actuelle cessera de fonctionner. En créer une nouvelle ?',
    keep: 'La garder',
  },
  single: 'Un seul rendez-vous',
  none: 'Aucun rendez-vous à venir.',
  unconfirmed: 'à confirmer',
};
