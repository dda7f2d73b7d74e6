import type { Shop } from '../shared/shop.js';

export const shop: Shop = {
  name: 'Hyllan Books',
  pages: ['Orders', 'Shelves', 'Readings'],
  orders: [
    {
      number: '7316',
      conversationId: 'cv_ines',
      customer: {
        id: 'ct_ines',
        name: 'Inês Duarte',
        email: 'ines@duarte.example',
        phone: '+351 912 555 014',
        language: 'pt',
        timeZone: 'Europe/Lisbon',
        points: 430,
      },
      placed: '21 November',
      state: 'Packed',
      lines: [
        { product: 'The Lighthouse Atlas, hardback', quantity: 1, price: 48 },
        { product: 'Letters from Fårö', quantity: 2, price: 17 },
      ],
      earlier: [
        { number: '6904', product: 'A Year of Moss', price: 26 },
        { number: '6127', product: 'Tide Tables', price: 14 },
      ],
      talk: [
        { text: 'Is the atlas the new edition, with the maps of Svalbard?', minutesAgo: 11 },
        { comment: '@Tomás Moreno can you look inside the copy we packed?', minutesAgo: 7 },
        { text: 'One of the two Letters is a present. Could you wrap it?', minutesAgo: 3 },
      ],
    },
    {
      number: '7309',
      conversationId: 'cv_jakob',
      customer: {
        id: 'ct_jakob',
        name: 'Jakob Holm',
        email: 'jakob@holm.example',
        timeZone: 'Europe/Copenhagen',
        points: 85,
      },
      placed: '20 November',
      state: 'On its way',
      lines: [{ product: 'Small Boats, Long Nights', quantity: 1, price: 22 }],
      earlier: [{ number: '7011', product: 'Knots, Illustrated', price: 19 }],
      talk: [
        { text: 'I will be away from Thursday.', minutesAgo: 41 },
        { text: 'Can it go to my neighbour instead?', minutesAgo: 40 },
      ],
    },
    {
      number: '7288',
      conversationId: 'cv_sofia',
      customer: {
        id: 'ct_sofia',
        name: 'Sofia Marin',
        email: 'sofia@marin.example',
        timeZone: 'Europe/Madrid',
        points: 212,
      },
      placed: '14 November',
      state: 'Returned',
      lines: [{ product: 'Winter Kitchens', quantity: 1, price: 34 }],
      earlier: [],
      talk: [
        { text: 'The spine was torn. I have sent it back this morning.', minutesAgo: 190 },
        { text: 'A new copy would be perfect, thanks', minutesAgo: 176 },
      ],
    },
  ],
};
