"""The made-up places that ohana-api tests its search on, as a package in its own dialect (DIRECTORY 4)."""

TABLES = {
    "organizations": "id,name,description,date_incorporated,email\n1,Parent Agency,x,,info@parent.example\n"
    "2,Food Stamps,x,,stamps@gmail.com\n3,Food Pantry,x,,\n4,Far Org,x,,\n",
    "locations": "id,organization_id,name,description,latitude,longitude,languages,virtual\n"
    '1,1,VRS Services,a,37.5839,-122.3716,,\n2,2,Library,b,37.5809,-122.3431,"Spanish, Arabic",\n'
    '3,3,Belmont Farmers Market,c,37.3180,-122.2744,"French, Tagalog",\n4,4,Far away,d,37.6,-122.4,,\n'
    "5,3,Soup Kitchen,e,,,,\n6,1,No Address,f,,,,true\n",
    "addresses": "id,location_id,address_1,city,state_province,postal_code,country\n"
    "1,1,1800 Easton Dr,Burlingame,CA,94010,US\n2,2,250 Myrtle Rd,Burlingame,CA,94010,US\n"
    "3,3,8 Main St,La Honda,CA,94020,US\n4,4,1 El Camino,Millbrae,CA,94030-1234,US\n5,5,3 A St,San Mateo,CA,94403,US\n",
    "taxonomy": "taxonomy_id,name,parent_id,parent_name\n101,Food,,\n101-01,Food Pantry,101,Food\n102,Éducation,,\n"
    "103,Unused,,\n",
    "services": "id,location_id,name,description,keywords,taxonomy_ids,service_areas,status,fees\n"
    "1,1,Job training,Provides jobs training,,,,active,\n"
    "2,2,Reading room,great books about jobs,,102,San Mateo County,active,Free\n"
    '3,3,Market,yummy food about jobs,,"101-01, 102",,active,\n'
    "4,4,Far kitchen,yummy food,,,,active,\n"
    "5,5,Soup,warm soup every day,,,,active,\n"
    '6,6,Literacy Program,learn to read,"library, food pantries, stood famps, emergency",,,active,\n'
    "7,1,Old program,jobs no more,,,,defunct,\n",
}
