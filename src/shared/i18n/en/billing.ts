/** Bills, and what is paid on them. */
export const billing = {
  tabs: 'Parts of billing',
  tab: {
    bills: 'Bills',
    till: 'Till',
    payments: 'Payments',
    reports: 'Reports',
    claims: 'Claims',
  },
  none: 'No bill yet. The first one is made of what a patient is charged.',
} as const;
