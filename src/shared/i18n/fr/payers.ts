import type { payers as english } from '../en/payers.ts';
import type { Words } from '../words.ts';

export const payers: Words<typeof english> = {
  title: 'Payeurs',
  where:
    'Un payeur se choisit dans la couverture d’un patient, avec la part qu’il prend en charge. Il peut avoir ses propres prix :',
  toPrices: 'Tarifs',
  search: 'Chercher par nom ou numéro',
  add: 'Ajouter un payeur',
  addShort: 'Ajouter',
  change: 'Payeur',
  name: 'Nom',
  identifier: 'Numéro de la clinique auprès de lui',
  identifierHint: 'Tel qu’il figure sur ses demandes de remboursement.',
  email: 'E-mail',
  phone: 'Téléphone',
  addressLine: 'Adresse',
  active: 'Se choisit pour les patients',
  activeHint: 'Un payeur fermé reste sur ce qu’il a couvert et ne prend rien de nouveau en charge.',
  contact: 'Contact',
  closed: 'Fermé',
  none: 'Il n’y a pas encore de payeur : chaque patient paie. Ajoutez un premier assureur ou employeur.',
  notFound: 'Rien ne correspond. Essayez un autre mot.',
  saved: '{{name}} : enregistré.',
};
