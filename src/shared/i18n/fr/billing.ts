import type { billing as english } from '../en/billing.ts';
import type { Words } from '../words.ts';

export const billing: Words<typeof english> = {
  tabs: 'Parties de la facturation',
  tab: {
    bills: 'Factures',
  },
  none: 'Aucune facture pour l’instant. La première se fait à partir des actes d’un patient.',
  paper: {
    title: { invoice: 'Facture {{number}}', 'credit-note': 'Avoir {{number}}' },
    file: { invoice: 'facture-{{number}}.pdf', 'credit-note': 'avoir-{{number}}.pdf' },
    copy: 'Copie',
    provisional: 'Ce numéro est provisoire. La facture reçoit son numéro définitif du centre de la clinique.',
    corrects: 'Corrige la facture',
    reason: 'Motif',
    payer: 'Tiers payant',
    what: 'Désignation',
    quantity: 'Quantité',
    price: 'Prix unitaire',
    taxRate: 'Taxe',
    tax: 'Montant taxe',
    amount: 'TTC',
    discount: 'Remise {{amount}}',
    net: 'Hors taxe',
    sum: 'Somme',
    taxOf: 'Taxe {{rate}}',
    total: 'Total',
    payerShare: 'Part de {{payer}}',
    patientShare: 'Part du patient',
    credited: 'Avoirs',
    paid: 'Payé',
    open: 'À payer',
    rounding:
      'La taxe est arrondie ligne par ligne, les demis vers le haut en valeur absolue ; le total est la somme des lignes.',
  },
};
