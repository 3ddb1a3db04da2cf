import { readFileSync } from 'node:fs';
import type { Document } from '../model.ts';
import { type Asked, type Deployed, items, optionalText, record, refuse, text, texts } from '../read.ts';

/** A STANDARD state machine: created, or updated when definition or role changed. */
export async function stateMachine(asked: Asked): Promise<Deployed> {
  const type = optionalText(asked, 'StateMachineType') ?? 'STANDARD';
  if (type !== 'STANDARD') refuse(asked, 'StateMachineType', `${type} is not run by the local cloud`);
  const name = optionalText(asked, 'StateMachineName') ?? asked.name(80);
  const roleArn = text(asked, 'RoleArn');
  const tags = Object.fromEntries(items(asked, 'Tags').map((tag) => [String(tag['Key']), String(tag['Value'])]));
  const { arn, revision } = await asked.ports.stateMachine({ name, definition: definition(asked), roleArn, tags });
  asked.model.stateMachines.set(arn, { name, arn, roleArn });
  return { ref: arn, attributes: { Arn: arn, Name: name, StateMachineRevisionId: revision } };
}

/** `${name}` outside the substitutions stays as it is, as CloudFormation leaves it. */
function definition(asked: Asked): string {
  const substitutions = texts(record(asked, 'DefinitionSubstitutions'));
  return source(asked).replaceAll(/\$\{([A-Za-z0-9_]+)\}/g, (whole, name: string) => substitutions[name] ?? whole);
}

function source(asked: Asked): string {
  const literal = optionalText(asked, 'DefinitionString');
  if (literal !== undefined) return literal;
  const given = record(asked, 'Definition');
  if (given) return JSON.stringify(given);
  const file = asked.assets.get(String(record(asked, 'DefinitionS3Location')?.['Key']));
  return file ? readFileSync(file, 'utf8') : refuse(asked, 'DefinitionString', 'is missing');
}

/** A published version of a state machine. */
export async function stateMachineVersion(asked: Asked): Promise<Deployed> {
  const arn = await asked.ports.stateMachineVersion(text(asked, 'StateMachineArn'), optionalText(asked, 'Description'));
  return { ref: arn, attributes: { Arn: arn } };
}

/** An alias: moved to the new version at once. */
export async function stateMachineAlias(asked: Asked): Promise<Deployed> {
  const preference = record(asked, 'DeploymentPreference');
  const routes = preference
    ? [{ arn: String(preference['StateMachineVersionArn']), weight: 100 }]
    : items(asked, 'RoutingConfiguration').map((route: Document) => ({ arn: String(route['StateMachineVersionArn']), weight: Number(route['Weight']) }));
  if (routes.length === 0) refuse(asked, 'RoutingConfiguration', 'is missing');
  const name = optionalText(asked, 'Name') ?? refuse(asked, 'Name', 'is missing');
  const arn = await asked.ports.stateMachineAlias({ name, description: optionalText(asked, 'Description'), routes });
  return { ref: arn, attributes: { Arn: arn } };
}
