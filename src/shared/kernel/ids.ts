import { z } from 'zod';

const branded = <B extends string>() => z.guid().brand<B>();

export const PatientId = branded<'PatientId'>();
export type PatientId = z.infer<typeof PatientId>;
export const PractitionerId = branded<'PractitionerId'>();
export type PractitionerId = z.infer<typeof PractitionerId>;
export const LocationId = branded<'LocationId'>();
export type LocationId = z.infer<typeof LocationId>;
export const AppointmentId = branded<'AppointmentId'>();
export type AppointmentId = z.infer<typeof AppointmentId>;
export const StaffAccountId = branded<'StaffAccountId'>();
export type StaffAccountId = z.infer<typeof StaffAccountId>;
export const TaskId = branded<'TaskId'>();
export type TaskId = z.infer<typeof TaskId>;
export const ConflictId = branded<'ConflictId'>();
export type ConflictId = z.infer<typeof ConflictId>;
export const PatientLinkId = branded<'PatientLinkId'>();
export type PatientLinkId = z.infer<typeof PatientLinkId>;
export const VisitTypeId = branded<'VisitTypeId'>();
export type VisitTypeId = z.infer<typeof VisitTypeId>;
export const ScheduleId = branded<'ScheduleId'>();
export type ScheduleId = z.infer<typeof ScheduleId>;
export const ScheduleExceptionId = branded<'ScheduleExceptionId'>();
export type ScheduleExceptionId = z.infer<typeof ScheduleExceptionId>;
export const WaitlistEntryId = branded<'WaitlistEntryId'>();
export type WaitlistEntryId = z.infer<typeof WaitlistEntryId>;
