"""What the demonstration's people are called and what they do. All made up."""

from __future__ import annotations

from typing import Final, NamedTuple


class Origin(NamedTuple):
    """Names of one origin, and how many of a hundred people have them."""

    share: int
    first: tuple[str, ...]
    last: tuple[str, ...]
    mobile: str


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


ORIGINS: Final = (
    Origin(
        70,
        _names(
            "Anne Mette Kirsten Hanne Åse Lone Susanne Camilla Maria Louise Pia Bente Tina Charlotte "
            "Dorthe Gitte Inge Karen Line Maja Nanna Pernille Rikke Sofie Trine Ulla Vibeke Ida Freja "
            "Astrid Signe Karla Ellen Søren Jens Lars Michael Thomas Peter Henrik Jørgen Niels Hans Ole "
            "Bjørn Åge Kåre Torben Morten Anders Rasmus Mads Mikkel Kasper Frederik Christian Martin "
            "Jesper Flemming Erik Carsten Poul Viggo Oscar Emil Noah Magnus Ægidius Øjvind Anne-Marie "
            "Karl-Erik Lise-Lotte Hans-Henrik Marie-Louise"
        ),
        _names(
            "Jensen Nielsen Hansen Pedersen Andersen Christensen Larsen Sørensen Rasmussen Jørgensen "
            "Petersen Madsen Kristensen Olsen Thomsen Christiansen Poulsen Johansen Møller Mortensen "
            "Knudsen Mikkelsen Frederiksen Laursen Lund Schmidt Eriksen Kristiansen Simonsen Clausen "
            "Svendsen Andreasen Iversen Jeppesen Vestergaard Nygård Nørgaard Kjærgaard Østergaard Søgård "
            "Bækgaard Dahl Juhl Krogh Bach Friis Skov Bjerre Kjær Toft Winther Ravn Lauritsen Bruun "
            "Damgaard Overgaard Størmer Ågesen Ærø Ørum Lindegård Bisgaard Mølgaard Brogaard Skriver "
            "Vinther Thygesen Villadsen Højgaard Gregersen Steffensen Nygaard Aagaard Quist "
            "Kjærulff-Schmidt Bang-Jørgensen Vestergård-Nielsen Steensen-Leth"
        ),
        "+45",
    ),
    Origin(
        11,
        _names(
            "Jürgen Günter Wolfgang Klaus Uwe Jörg Björn Matthias Stefan Andreas Tobias Lukas Felix "
            "Maximilian Karl-Heinz Annegret Ursula Heike Sabine Katrin Anja Frauke Käthe Gudrun Jana Lena "
            "Hannelore Bärbel Anneliese Friederike"
        ),
        _names(
            "Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer "
            "Richter Klein Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger Hartmann Lange Krause "
            "Lehmann König Weiß Böhm Groß Jäger Voß Möller Lüders Petersen Thießen Müller-Lüdenscheidt "
            "Leutheusser-Schnarrenberger"
        ),
        "+49",
    ),
    Origin(
        7,
        _names(
            "Emily Olivia Charlotte Grace Sophie Fiona Siobhan Heather Gemma Harriet James Oliver William "
            "Harry Edward Owen Rhys Callum Liam Nigel Graham Duncan"
        ),
        _names(
            "Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker "
            "White Roberts Green Hall Wood O'Brien O'Connor MacDonald Featherstonehaugh Llewellyn "
            "Carrington Pike"
        ),
        "+45",
    ),
    Origin(
        4,
        _names(
            "Katarzyna Małgorzata Agnieszka Zofia Łucja Wojciech Paweł Krzysztof Łukasz Grzegorz Stanisław "
            "Michał Jadwiga Bożena"
        ),
        _names(
            "Nowak Kowalska Wiśniewski Wójcik Kowalczyk Kamiński Zieliński Szymańska Woźniak Dąbrowski Łuczak"
        ),
        "+45",
    ),
    Origin(
        4,
        _names("Ayşe Elif Zeynep Gülşen Özlem Mehmet Ömer Yusuf Hüseyin İbrahim Çağlar Uğur Şükrü Emine"),
        _names("Yılmaz Kaya Demir Çelik Şahin Yıldız Öztürk Aydın Özdemir Arslan Doğan Kılıç Güneş"),
        "+45",
    ),
    Origin(
        2,
        _names("Fatima Layla Noor Yasmin Amina Mariam Omar Khaled Youssef Hassan Tariq Samir Bilal Rania"),
        _names("Al-Masri Haddad Khalil Mansour Nasser Saleh Al-Khatib Rahman Aziz El-Sayed Darwish Najjar"),
        "+45",
    ),
    Origin(
        2,
        _names("Rógvi Bárður Jákup Høgni Óli Tróndur Súsanna Rúna Beinta Guðrið Hjørdis Sólja Turið"),
        _names(
            "Joensen Djurhuus á_Lakjuni Dam Hammershaimb Mohr Poulsen Thomsen við_Neyst Ellingsgaard "
            "Patursson"
        ),
        "+298",
    ),
)

DEPARTMENTS: Final[tuple[tuple[int, str, tuple[str, ...]], ...]] = (
    (6, "Indkøb", ("Indkøber", "Indkøber", "Senior indkøber", "Indkøbsassistent")),
    (14, "Salg", ("Sælger", "Key account manager", "Salgskonsulent", "Intern sælger", "Salgsassistent")),
    (8, "Eksport", ("Exportmanager", "Eksportkonsulent", "Speditør", "Vertriebsleiter Nord")),
    (14, "Service", ("Montør", "Montør", "Servicetekniker", "Serviceleder", "Kørende montør")),
    (10, "Kundeservice", ("Kundekonsulent", "Supporter", "Teamleder", "Supporter, 2. linje")),
    (6, "Rådgivning", ("Konsulent", "Seniorkonsulent", "Rådgivende ingeniør")),
    (3, "HR", ("HR-partner", "Lønspecialist", "HR-konsulent", "Uddannelsesleder")),
    (6, "Økonomi", ("Bogholder", "Controller", "Regnskabschef", "Debitorbogholder", "Kreditor")),
    (7, "IT", ("Systemadministrator", "Udvikler", "Arkitekt", "Projektleder", "IT-supporter")),
    (13, "Produktion", ("Operatør", "Smed", "Produktionsleder", "Planlægger", "Værkfører")),
    (8, "Lager og logistik", ("Lagermedarbejder", "Disponent", "Chauffør", "Lagerchef")),
    (3, "Kvalitet og miljø", ("Kvalitetsingeniør", "Miljøkoordinator", "Auditor")),
    (4, "Marketing", ("Marketingkoordinator", "Grafiker", "Kommunikationsrådgiver", "Tekstforfatter")),
    (6, "Udvikling", ("Udviklingsingeniør", "Konstruktør", "Laborant", "Produktchef")),
    (1, "Jura", ("Jurist", "Juridisk sekretær", "Kontraktansvarlig")),
    (1, "Ledelse", ("Direktør", "Direktionssekretær", "Vicedirektør")),
)

PLACES: Final = (
    "Aarhus",
    "Aarhus",
    "Aarhus, Værkstedet",
    "København",
    "København, Nordhavn",
    "Odense",
    "Aalborg",
    "Esbjerg",
    "Flensborg",
    "Hamborg",
    "Tórshavn",
    "Hjemmearbejdsplads",
)

SKILLS: Final = (
    "tysk",
    "engelsk",
    "fransk",
    "italiensk",
    "polsk",
    "tyrkisk",
    "arabisk",
    "færøsk",
    "Ferrari",
    "hydraulik",
    "svejsning",
    "PLC",
    "SAP",
    "moms og told",
    "kølemidler",
    "ADR-gods",
    "førstehjælp",
    "arbejdsmiljø",
    "tegninger",
    "reklamationer",
)
