"""Frequent English words that no Serbian word is written like.

Without the list "note" would be taken for a form of "not" by the rules of Serbian
endings, "here" for one of "her", "market" for one of "mark" by the Russian ones.
Words that Serbian has too (most, put, more, park) are left out.
"""

from __future__ import annotations

_WORDS = """
able about above accepted access achieve across actually add administrator advisor afford afraid
after again against age ago ahead all allow almost along already also always among amount and
angry another answer any anybody anything applications apply are argument arm army around
article artificial ask asked asking aspect assembly autumn away back bad bag bags bank banks
bare basically bath bathe became because bed beds been before behind being belgrade believe
below beneath best better between beyond big bird birds bit bite bites bits black blood blue
board bodies body bones book books boot border borders born both bought box boxes bread breath
breathe bridge bridges briefly bright bring broke brother brothers brought brown browser build
building bus buses business but buy buying cable call called came camp camps can cane canes cap
capable capes car cards care cares cars cat catalog cats cave caves center certainly chair
change changed cheap child children church churches city civil close closed cloth clothe clothes
cod code codes cold college come comedy comes comfortable coming commercial community companies
company computer computers computing concept concert concerts conference conferences considered
contract control controls copyright correct cost could count counties countries country counts
county couple course courses cow cows create created creating cub cube cup cups currently
customer customers cut cute dale dark data date dates daughter daughters day days dead deal
death december decided decision deck degree demand depart departure desk developed developer
developers developing development did didn die died dies different difficult digital directly
disk disks distribution distributions doctor doctors does doesn dog dogs doing dollar dollars
don done door doors dot down dream dreams drive drives during each ear earlier early ears
education eight electrical electronics else email emigrant emigrants emigration end engineer
engineering engineers engines enough equal equipment essentially europe european even evening
evenings event eventually ever every everybody everyone everything example expensive expertise
exposed extremely eye eyes face faces facility fact factories factory familiar family far fare
fares farm farms fastest fat fate fates father fear feared february feet felt female females few
field fields fight fights figure file files fin fine fined fines finished fire fires first fit
five flat flats fled flee fleeing flees food foot for force forced forces forms fought found
four free freedom friday friend friends friendship from front fun future galleries gallery game
gate gates gave gay general generate get gets getting give given glad glasses goes going gold
gone good got gotten government graduated grandfather grandmother graphics graves great green
grip group groups guess guide guitar guy had hair half hand hands handyman happen happened
happening happy hard hardware has hat hate hates hats have having head heard heart hearts help
helped her here hers hid hide hides high him hire hired hires his hit hobby hold hole holes home
hop hope hoped hopeful hopeless hopes hops horse horses hospital hot house houses how hug huge
hugs hundred hungry husband ice identity ideological immediately important impossible industry
influence inside install instead instructions intelligence interest interested interesting into
invented invited involved isn issues its january job jobs join joined july june just justice
keep kept kids kill killed killing kind kit knew know known lab laboratory ladies lady language
languages laptop large largest late later latest law lawyer lawyers lead leader learn learned
leave leaves leaving left leg legal legs letter letters level license licenses licensing life
like liked likes lines little live lived lives living local long look looked looking lose lot
lots love low lucky machine mad made magnetic major make makes making male males man management
manager managers manufacture many march mark market marketing markets marks marriage married
marry master mat mate mates may maybe mean meant mechanical meet meeting members membership
memories memory met might migrate migration mile miles million mind mobilisation mobilization
modes monday money month months morning mornings moscow mother mothers mouth move movement movie
much must myself name named near need needed needs neighbor neighbors neighbour neighbours never
new next nice night nights nine non normal nose noses not note notes november now number
obviously october off office often old older ones only open operating opportunities order
organization other our ours out outside over own page pages paid panes paper parents
participated particularly parties parts party pay pays peace pen pens people percent perhaps
person personal physics pile piles pin pines place places plane planes planet planets plans
plant plate plates play point poles police political population possible power powerful practice
price prices prison private probably problems product products professional professor profit
programmer programmers programming programs project projects proud public published publishing
punch pushing putting quarter questions quick quite radios rag rage rages rain rains rarely
rates rather read reading real realize realized really reason reasons receive red refugee
refugees relatively religion religions remember rent rents research responsible rest return
returned returns rid ride rides right river rivers road roads robes roles room rooms run russian
russians sag said sales same saturday save saves saw say saying says scale school science
scientific scrap scrape second see seeing seen seldom sell sells send sent september serbian
serbians server seven seventy several shall shame share she sheep shin shine ship shipping ships
shop shops short should show showed shuttle silver simple since single sir sister sisters sit
site sites sits six skate skater skates skating skin slavery slaves sleep slept slid slide small
smile smiles snow software sold soldier soldiers sole solution solutions solve some somebody
someone something sometimes son sons soon sorry sort source space spend spent spring stage
stages stares start started starting state states stayed steam still store stories story strange
street streets strip stripe strong structured students studying stuff success successful suicide
summer sunday support sure system systems take taking tales talk talked talking talks tap tapes
taught teach teacher teachers teaches teaching technical technology teeth telephone tell temper
tension term than thank that the their theirs them then there therefore these they thing things
think thinking thirty this those though thought thousand three through thursday tile tiles time
times tin tire tires today together told too took tooth top touched toward towards town towns
train trained trains tree trees try trying tub tube tuesday tuition turn turned twice twin two
type types typically under understand union unions universities university until upon use used
useful user users uses using vale various version very veterinarian vile village villages voice
wag wage wages wake walked want wanted war warm wars was wasn water wave waves way web wednesday
week well went were weren what whatever when where whether which while white who whole whom
whose why wide wife will willing win window windows wine wines winter wire wires wish with
within without woke women won wonderful words work worked worker workers working works world
would write wrote year years yellow yes you young your yours zero
"""

FREQUENT_ENGLISH = frozenset(_WORDS.split())
