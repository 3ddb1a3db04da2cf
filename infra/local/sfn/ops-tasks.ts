import { WireError } from './errors.ts';
import { type Operation, present, type Service } from './operations.ts';
import { parseSent, rules } from './requests.ts';
import type { TokenAct } from './turn.ts';
import { type JsonObject, maxPayloadBytes } from './values.ts';

/** Operations of those who hold a task token. */
export const taskOperations = {
  SendTaskSuccess: { rules: { taskToken: rules.needToken, output: { ...rules.text, required: true } }, run: success },
  SendTaskFailure: { rules: { taskToken: rules.needToken, error: rules.error, cause: rules.cause }, run: failure },
  SendTaskHeartbeat: { rules: { taskToken: rules.needToken }, run: (service, body) => tell(service, body, { act: 'heartbeat' }) },
} as const satisfies Readonly<Record<string, Operation>>;

async function success(service: Service, body: JsonObject): Promise<JsonObject> {
  const output = String(body.output);
  if (Buffer.byteLength(output) > maxPayloadBytes) {
    throw new WireError('ValidationException', `1 validation error detected: Value at 'output' failed to satisfy constraint: Member must have length less than or equal to ${maxPayloadBytes}`);
  }
  readTarget(service, body);
  parseSent(output, 'InvalidOutput', 'Invalid Output');
  return tell(service, body, { act: 'success', output });
}

function failure(service: Service, body: JsonObject): Promise<JsonObject> {
  const said = present({ error: body.error, cause: body.cause }) as { error?: string; cause?: string };
  return tell(service, body, { act: 'failure', ...said });
}

function readTarget({ tokens }: Service, body: JsonObject) {
  const target = tokens.read(String(body.taskToken));
  if (!target) throw new WireError('InvalidToken', "Invalid Token: 'Invalid token'");
  return target;
}

async function tell(service: Service, body: JsonObject, say: TokenAct): Promise<JsonObject> {
  const { execution, frame, nonce } = readTarget(service, body);
  await new Promise<void>((resolve, reject) => service.engine.deliver(execution, { kind: 'token', frame, nonce, say, ack: { resolve, reject } }));
  return {};
}
