/** Two soft tones, of these frequencies in Hz, each after so many seconds. */
const tones = [
  { frequency: 660, at: 0 },
  { frequency: 880, at: 0.12 },
];
const volume = 0.08;
const lengthS = 0.35;

let context: AudioContext | undefined;

/** A short sound. Silent until somebody has touched the page: browsers forbid it before. */
export function ring(): void {
  if (!navigator.userActivation.hasBeenActive) return;
  context ??= new AudioContext();
  const { currentTime, destination } = context;
  for (const { frequency, at } of tones) {
    const start = currentTime + at;
    const oscillator = new OscillatorNode(context, { frequency });
    const gain = new GainNode(context, { gain: volume });
    gain.gain.setTargetAtTime(0, start + 0.05, 0.08);
    oscillator.connect(gain).connect(destination);
    oscillator.start(start);
    oscillator.stop(start + lengthS);
  }
}
