import { isAppAddress } from '#main/security/app-url.ts';

/** What must be known of a frame to trust a message from it; Electron's `WebFrameMain` has more. */
export interface SenderFrame {
  readonly url: string;
  readonly parent: unknown;
  readonly frameTreeNodeId: number;
}

/** What must be known of the page behind a message; Electron's `WebContents` has more. */
export interface SenderPage {
  readonly id: number;
  readonly mainFrame: { readonly frameTreeNodeId: number };
}

/**
 * Whether a message comes from the main frame of a window of ours that shows a page of ours. `frame` is null when
 * the frame has navigated or gone since it spoke: then nobody knows who it was, and it is refused.
 */
export const isOurPage = (
  frame: SenderFrame | null,
  page: SenderPage,
  registered: (pageId: number) => boolean,
): boolean =>
  frame !== null &&
  registered(page.id) &&
  frame.parent === null &&
  frame.frameTreeNodeId === page.mainFrame.frameTreeNodeId &&
  isAppAddress(frame.url);
