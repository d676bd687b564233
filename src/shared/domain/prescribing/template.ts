/** A favourite or a set as far as it says whose it is. */
export interface OwnedTemplate {
  readonly kind: 'favourite' | 'order-set';
  /** Whose own it is; null: the clinic's, for everybody. */
  readonly practitionerId: string | null;
  /** The account that made it. */
  readonly createdBy: string | null;
}

export interface TemplateEditor {
  readonly accountId: string;
  readonly practitionerId: string | null;
  /** Whether they decide on what others began. */
  readonly approves: boolean;
}

/** Whether everybody who prescribes sees it. A favourite is its doctor's. */
export const isShared = ({ kind, practitionerId }: OwnedTemplate): boolean =>
  kind === 'order-set' && practitionerId === null;

/**
 * Who may change or remove a template: of one's own only oneself, of the clinic's who made it and an administrator. When
 * who made it works here no longer (`authorWorks`), any doctor may, so that nothing stays wrong for want of its author.
 */
export const mayEditTemplate = (
  template: OwnedTemplate,
  { accountId, practitionerId, approves }: TemplateEditor,
  authorWorks: boolean,
): boolean =>
  isShared(template)
    ? approves || template.createdBy === accountId || !authorWorks
    : practitionerId !== null && template.practitionerId === practitionerId;

/** Of what is wrong with a line, what is wrong with keeping it: what is not said yet is said when it is used. */
export const keptProblems = (problems: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(problems).filter(([field, what]) => what !== 'required' || field === 'medication'),
  );
