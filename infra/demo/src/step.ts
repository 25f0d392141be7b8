/** Who sends a step: the demo account and its role. */
export interface DemoActor {
  readonly actor: string;
  readonly role: string;
  readonly scope: { readonly region: string; readonly school?: string };
}

/**
 * One command of a plan: to which aggregate of which tenant, and by whom.
 * The command id is derived from the step, so that loading a plan twice changes nothing.
 */
export interface DemoStep<Command extends { readonly type: string } = { readonly type: string }> {
  readonly commandId: string;
  readonly tenant: string;
  /** The stream's category, such as `school`; it also names the envelope. */
  readonly category: string;
  /** The stream's own id, without the category. */
  readonly id: string;
  readonly command: Command;
  readonly who: DemoActor;
}
