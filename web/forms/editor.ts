import type { Json } from '../api/types.ts';

/** What every editor of a value gets; `id` is the control's, `describedBy` names its hint and error. */
export interface EditorProps {
  readonly id: string;
  readonly describedBy: string | undefined;
  readonly value: Json | undefined;
  readonly disabled: boolean;
  readonly invalid: boolean;
  readonly label: string;
  readonly onChange: (value: Json | undefined) => void;
}
