import type { ComponentType } from 'react';
import { BillsTab } from '#renderer/features/billing-bills/BillsTab.tsx';
import { ClaimsTab } from '#renderer/features/billing-claims/ClaimsTab.tsx';
import { PaymentsTab } from '#renderer/features/billing-payments/PaymentsTab.tsx';
import { ReportsTab } from '#renderer/features/billing-reports/ReportsTab.tsx';
import { TillTab } from '#renderer/features/billing-till/TillTab.tsx';
import type { Permission } from '#shared/contract/permissions.ts';

/** A part of billing: at `/billing/<tab>` and whatever comes after that, which is the component's own. */
export interface BillingTab {
  /** Its word is `billing.tab.<tab>`. */
  readonly tab: 'bills' | 'payments' | 'till' | 'claims' | 'reports';
  /** Who has not this permission has no such part. */
  readonly needs: Permission;
  readonly component: ComponentType;
}

/** Every part of billing, in the order of the tabs: a line here, a word, and a screen in a file of its own. */
export const billingTabs: readonly BillingTab[] = [
  { tab: 'bills', needs: 'invoice.read', component: BillsTab },
  { tab: 'payments', needs: 'payment.read', component: PaymentsTab },
  { tab: 'till', needs: 'till.read', component: TillTab },
  { tab: 'claims', needs: 'claim.read', component: ClaimsTab },
  { tab: 'reports', needs: 'report.read', component: ReportsTab },
];
