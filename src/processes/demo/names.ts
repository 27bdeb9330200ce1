/** Given and family names that go together, with how common the group is among those who attend. */
export interface NameGroup {
  readonly weight: number
  readonly girls: readonly string[]
  readonly boys: readonly string[]
  /** Given names of those born before 1970, where another fashion ruled. */
  readonly olderWomen: readonly string[]
  readonly olderMen: readonly string[]
  readonly families: readonly string[]
}

const words = (text: string): readonly string[] => text.trim().split(/\s+/)

export const nameGroups: readonly NameGroup[] = [
  {
    weight: 82,
    girls:
      words(`Amelia Isla Ava Freya Poppy Ivy Florence Willow Elsie Rosie Evie Grace Sienna Daisy Matilda Ruby
      Phoebe Maisie Harriet Imogen Jessica Chloe Megan Caitlin Bethany Abigail Georgia Lacey Tilly Skye Orla Niamh`),
    boys: words(`Oliver George Arthur Noah Leo Harry Oscar Archie Jack Henry Charlie Freddie Theo Alfie Finley Arlo
      Jude Louie Toby Reuben Callum Kieran Jayden Riley Tyler Connor Lewis Rhys Owen Ellis Harvey Bailey`),
    olderWomen:
      words(`Margaret Jean Patricia Christine Susan Maureen Sheila Barbara Doreen Gillian Pauline Linda Janet
      Brenda Valerie Hilary Wendy Rosemary Joan Beryl`),
    olderMen:
      words(`John David Peter Michael Brian Derek Keith Raymond Roger Alan Colin Malcolm Trevor Geoffrey Norman
      Graham Barry Leslie Clive Ronald`),
    families:
      words(`Ashdown Bromley Cartwright Dancer Eversley Fownes Gorton Hadley Ingles Jukes Kimberlow Lacon
      Mapplebeck Nott Onslow Pardoe Quinney Rudge Sanders Tolley Underhill Vale Wedgbury Yarnold Bullock Crump Dovey
      Evans Farr Goode Hodgetts Insall Jauncey Knott Lambert Moule Newey Pritchard Powell Rowberry Spilsbury Thomas
      Tandy Walford Weaver Hughes Kelly Brennan Baylis Cresswell`),
  },
  {
    weight: 6,
    girls: words('Zuzanna Maja Lena Oliwia Alicja Hanna Natalia Ioana Andreea Daria'),
    boys: words('Jakub Szymon Kacper Filip Antoni Aleksander Mateusz Andrei Luca Stefan'),
    olderWomen: words('Halina Danuta Krystyna Elena Irena'),
    olderMen: words('Stanislaw Jerzy Zbigniew Ion Marek'),
    families: words('Wojcik Zielak Mazur Sikora Baran Lisak Dudek Ionescu Radulescu Munteanu'),
  },
  {
    weight: 7,
    girls: words('Aisha Maryam Zara Hafsa Inaya Ananya Diya Priya Simran Khadija'),
    boys: words('Muhammad Ibrahim Yusuf Hamza Zayn Arjun Rohan Adam Bilal Harpreet'),
    olderWomen: words('Shahida Nasreen Parveen Kamaljit Sushila'),
    olderMen: words('Mohammed Iqbal Gurdial Rashid Ramesh'),
    families: words('Hussain Mahmood Begum Akhtar Rafiq Patel Sandhu Chowdhury Mistry Bashir'),
  },
  {
    weight: 3,
    girls: words('Adaeze Temi Amara Nyah Keziah Shanice Abena Ruvimbo'),
    boys: words('Tobi Kwame Malachi Emeka Josiah Tendai Jaheim Kofi'),
    olderWomen: words('Gloria Winsome Patience Comfort'),
    olderMen: words('Winston Emmanuel Godfrey Neville'),
    families: words('Okoro Adeyemi Mensah Campbell Morrison Moyo Grant Boateng'),
  },
  {
    weight: 2,
    girls: words('Mei Hana Leyla Linh Yasmin Ela'),
    boys: words('Jun Emre Daniel Minh Karim Wei'),
    olderWomen: words('Ling Fatma Rosario Lan'),
    olderMen: words('Kai Mehmet Jose Hung'),
    families: words('Cheung Yilmaz Santos Nguyen Lau Demir'),
  },
]

const both =
  words(`Mill Church Orchard Station Malvern Severn Teme Hopyard Cherry Tannery Glover Canal Chapel Elgar
  Abbey Meadow Castle Needle Carpet Ferry`)
const kinds = words('Road Lane Close Street Avenue Drive Walk Row')
export const streets: readonly string[] = both.flatMap(name => kinds.map(kind => `${name} ${kind}`))

export interface Town {
  readonly town: string
  readonly districts: readonly string[]
}

/** Towns of the county with their postal districts, by how many attend from each. */
export const towns: readonly (readonly [number, Town])[] = [
  [30, { town: 'Worcester', districts: ['WR1', 'WR2', 'WR3', 'WR4', 'WR5'] }],
  [22, { town: 'Redditch', districts: ['B97', 'B98'] }],
  [14, { town: 'Kidderminster', districts: ['DY10', 'DY11'] }],
  [10, { town: 'Malvern', districts: ['WR13', 'WR14'] }],
  [10, { town: 'Bromsgrove', districts: ['B60', 'B61'] }],
  [8, { town: 'Droitwich', districts: ['WR9'] }],
  [6, { town: 'Evesham', districts: ['WR11'] }],
]

export const practices: readonly string[] = [
  'Foregate Mill Surgery',
  'Teme Bridge Medical Centre',
  'Hopyard Lane Surgery',
  'Needle Street Practice',
  'Carpet Hall Health Centre',
  'Abbey Orchard Surgery',
]

export const primarySchools: readonly string[] = [
  'Cherry Walk Primary',
  'Hopyard First School',
  'St Wilfrith’s CE Primary',
  'Ferry Lane Primary',
  'Arrowbank First School',
]
export const secondarySchools: readonly string[] = [
  'Severn Vale High',
  'Arrow Bridge Academy',
  'Teme Valley College',
  'Needlemakers High',
  'Carpet Hall Academy',
]
