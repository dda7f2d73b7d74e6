import Typebot from '@typebot.io/js';

Typebot.initBubble({ typebot: 'bench', apiHost: location.origin });
