export const billing = {
  tabs: 'Parties de la facturation',
  tab: {
    bills: 'Factures',
    payments: 'Paiements',
    reports: 'Rapports',
  },
  none: 'Aucune facture pour l’instant. La première se fait à partir de ce qui est compté au patient.',
} as const;
