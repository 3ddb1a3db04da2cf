import { reformOptionWords } from '../../shared/contracts/form-words.zh.ts';
import type { Json } from '../api/types.ts';
import type { EditorProps } from './editor.ts';
import { TextInput } from './text-input.tsx';
import { choiceNames } from '../words/choices.ts';
import { t } from '../words/language.ts';

interface Task {
  readonly option: string;
  readonly text: string;
}

/** Column 12 of annex 1: the aspects that were chosen, each with its text. */
export function ReformsInput({ value, onChange, ...editor }: EditorProps) {
  const tasks = Array.isArray(value) ? (value as unknown as readonly Task[]) : [];
  const set = (next: readonly Task[]): void => onChange(Object.keys(reformOptionWords).flatMap((option) => next.filter((task) => task.option === option)) as unknown as Json);
  return (
    <div className="rows">
      {Object.entries(choiceNames(reformOptionWords)).map(([option, words]) => {
        const task = tasks.find((each) => each.option === option);
        const others = tasks.filter((each) => each.option !== option);
        return (
          <div key={option}>
            <div className="checks"><label><input type="checkbox" checked={task !== undefined} onChange={(event) => set(event.target.checked ? [...others, { option, text: '' }] : others)} />{words}</label></div>
            {task && <><label className="hidden" htmlFor={`${editor.id}-${option}`}>{t('{words}：改革任务', { words })}</label><TextInput {...editor} id={`${editor.id}-${option}`} value={task.text} limit={2000} together={undefined} others={[]} onChange={(text) => set([...others, { option, text: String(text ?? '') }])} /></>}
          </div>
        );
      })}
    </div>
  );
}
