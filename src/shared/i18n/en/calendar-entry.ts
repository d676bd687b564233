/** What stands in somebody's own calendar. */
export const calendarEntry = {
  name: 'Appointments at {{clinic}}',
  summary: 'Appointment at {{clinic}}',
  unconfirmed: 'To be confirmed: {{summary}}',
  cancelled: 'Cancelled: {{summary}}',
  description: 'Log in to the patient panel to see more, or to change or cancel it.',
  file: 'appointment',
} as const;
