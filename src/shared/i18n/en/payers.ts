/** Who pays for patients, such as an insurer. */
export const payers = {
  title: 'Payers',
  where:
    'A payer is chosen in a patient’s coverage, with the share it bears. It may have prices of its own, under Prices.',
  toPrices: 'Prices',
  search: 'Find by name or number',
  add: 'Add a payer',
  addShort: 'Add',
  change: 'Payer',
  name: 'Name',
  identifier: 'Number of the clinic with it',
  identifierHint: 'As its claims show it.',
  email: 'E-mail',
  phone: 'Phone',
  addressLine: 'Address',
  active: 'Is chosen for patients',
  activeHint: 'A closed payer stays on what it covered and bears nothing new.',
  contact: 'Contact',
  closed: 'Closed',
  none: 'There is no payer yet: every patient pays. Add the first insurer or employer.',
  notFound: 'Nothing fits. Look for another word.',
  saved: 'Saved {{name}}.',
} as const;
