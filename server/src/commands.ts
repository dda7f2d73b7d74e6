import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';

const optionalText = Type.Union([Type.String(), Type.Null()]);

const CommandSchema = Type.Union([
  Type.Object({
    name: Type.Literal('create-workspace'),
    workspaceName: Type.String(),
    ownerEmail: optionalText,
  }),
  Type.Object({
    name: Type.Literal('create-agent'),
    workspaceId: Type.String(),
    email: Type.String(),
    role: Type.Enum(['owner', 'admin', 'agent']),
    agentName: optionalText,
  }),
  Type.Object({
    name: Type.Literal('sign-in-link'),
    workspaceId: optionalText,
    agent: Type.Optional(Type.String()),
  }),
  Type.Object({
    name: Type.Literal('set-role'),
    agent: Type.String(),
    role: Type.Enum(['owner', 'admin', 'agent']),
  }),
  Type.Object({ name: Type.Literal('remove-agent'), agent: Type.String() }),
  Type.Object({ name: Type.Literal('migrate') }),
  Type.Object({
    name: Type.Literal('settings-set'),
    workspaceId: optionalText,
    setting: Type.String(),
    value: Type.String(),
  }),
]);

/** What the command line asks of a server, running or not. A workspace that is null is the default one. */
export type Command = Static<typeof CommandSchema>;

const commandValidator = Compile(CommandSchema);

export function isCommand(value: unknown): value is Command {
  return commandValidator.Check(value);
}

const StreamCommandSchema = Type.Union([
  Type.Object({ name: Type.Literal('backup') }),
  Type.Object({
    name: Type.Literal('export'),
    workspaceId: optionalText,
  }),
]);

/** What the command line asks for that is too much for lines. A workspace that is null is all of them. */
export type StreamCommand = Static<typeof StreamCommandSchema>;

const streamValidator = Compile(StreamCommandSchema);

export function isStreamCommand(value: unknown): value is StreamCommand {
  return streamValidator.Check(value);
}
