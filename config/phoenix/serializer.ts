interface Message {
  join_ref: string | null;
  ref: string | null;
  topic: string;
  event: string;
  payload: unknown;
}

/** Phoenix's V2 frames as JSON; no payload here is binary. */
export default {
  encode({ join_ref, ref, topic, event, payload }: Message, done: (frame: string) => void): void {
    done(JSON.stringify([join_ref, ref, topic, event, payload]));
  },
  decode(frame: string, done: (message: Message) => void): void {
    const [join_ref, ref, topic, event, payload] = JSON.parse(frame) as [
      string | null,
      string | null,
      string,
      string,
      unknown,
    ];
    done({ join_ref, ref, topic, event, payload });
  },
};
