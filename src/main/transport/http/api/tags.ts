/** What the document says of each group of operations. */
export const tagWords: Readonly<Record<string, string>> = {
  Auth: 'Tokens: signing in, going on, ending.',
  Users: 'Accounts of the staff, for who administers the clinic.',
  Patients: 'Who a patient is: what the front desk keeps. What is in the chart is under Health records.',
  Practitioners: 'Who can be booked, where, for which kinds of visits, and what the clinic keeps of them.',
  Schedules: 'Weekly hours, what changes them, and the times that are free.',
  Appointments:
    'From booking to cancelling. What is booked holds once the centre has confirmed it; until then it is provisional, as at a desk without a network.',
  Prescriptions:
    'What is signed does not change: whatever happens to a prescription is a new version, and all are kept.',
  'Health records':
    'What is in a chart. Of a patient whose chart is restricted it is `restricted` to whoever has nothing to do with the patient.',
  Invoices:
    'What a patient was billed and has paid. Both are read here; they are written at a desk, where the till is.',
  Dashboards: 'A day at a glance, for each role its own.',
  Audit: 'Who did what, for who administers the clinic.',
};
