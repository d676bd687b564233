export const billing = {
  tabs: 'Parties de la facturation',
  tab: {
    bills: 'Factures',
    till: 'Caisse',
    payments: 'Paiements',
    reports: 'Rapports',
    claims: 'Demandes aux payeurs',
  },
  none: 'Aucune facture pour l’instant. La première se fait à partir de ce qui est compté au patient.',
} as const;
