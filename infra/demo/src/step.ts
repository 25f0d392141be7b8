import type { Stated } from './stated.js';

/** Who sends a step: the demo account and what it may see. */
export interface DemoActor {
  readonly actor: string;
  readonly role: string;
  readonly scope: { readonly region: string; readonly school?: string };
}

/**
 * One command of a plan: to which aggregate of which tenant, and by whom. `category` names the aggregate and so narrows
 * the command. The command id follows from the step, so that loading a plan twice changes nothing.
 */
export type DemoStep = {
  [Category in keyof Stated]: {
    readonly commandId: string;
    readonly tenant: string;
    readonly category: Category;
    /** The stream's own id, without its category. */
    readonly id: string;
    readonly command: Stated[Category];
    readonly who: DemoActor;
  };
}[keyof Stated];

/** A step before it has its id. */
export type UnnamedStep = DemoStep extends infer Step
  ? Step extends DemoStep
    ? Omit<Step, 'commandId'>
    : never
  : never;
