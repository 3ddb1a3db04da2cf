import type { AnyStateNode } from 'xstate';
import { commandRow, isCommand } from '../../machines/commands.ts';
import { lifecycles } from '../../machines/lifecycles.ts';
import type { CommandType } from '../../shared/contracts/commands.ts';
import { collections, type Collection } from '../http/routes.ts';

/** The commands that a person may send to cases of a kind, read from the charts, in alphabetical order. Files are confirmed through their own route. */
export function commandsOf(collection: Collection): CommandType[] {
  const types = collections[collection].flatMap((lifecycle) => answeredIn(lifecycles[lifecycle].machine.root));
  return [...new Set(types)].filter(isCommand).filter((type) => !commandRow(type).system && type !== 'confirmAttachment').toSorted();
}

function answeredIn(node: AnyStateNode): string[] {
  return [...[...node.transitions.keys()].map(String), ...Object.values(node.states).flatMap(answeredIn)];
}
