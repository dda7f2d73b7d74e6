import { Lazy, type PartModule } from './lazy.js';
import type { Scene } from './scene.js';

/**
 * The parts of a widget that are fetched when they are first wanted, so that a page pays for what
 * its visitors use. Each is a chunk with its own look and words.
 */
export function widgetParts(scene: Scene) {
  const lazy = <Part>(fetch: () => Promise<PartModule<Scene, Part>>): Lazy<Scene, Part> =>
    new Lazy(scene, fetch);
  return {
    scene,
    launcher: lazy(() => import('./parts/launcher.js')),
    look: lazy(() => import('./parts/look.js')),
    trouble: lazy(() => import('./parts/trouble.js')),
    sound: lazy(() => import('./parts/sound.js')),
    typing: lazy(() => import('./parts/typing.js')),
    menu: lazy(() => import('./parts/menu.js')),
    form: lazy(() => import('./parts/form.js')),
    choose: lazy(() => import('./parts/choose.js')),
    rating: lazy(() => import('./parts/rating.js')),
    files: lazy(() => import('./parts/files.js')),
    emoji: lazy(() => import('./parts/emoji.js')),
    targeting: lazy(() => import('./parts/targeting.js')),
    poweredBy: lazy(() => import('./parts/powered-by.js')),
  };
}

export type WidgetParts = ReturnType<typeof widgetParts>;
