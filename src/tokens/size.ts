import { token } from './token.js';

export const controlSmall = token('control-small', '32px');
export const control = token('control', '36px');
export const controlTouch = token('control-touch', '44px');
